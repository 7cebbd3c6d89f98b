package io.datavolume.controller.config;

import io.datavolume.api.v1beta1.CdiConfigSpec;
import io.datavolume.api.v1beta1.CdiConfigStatus;
import java.util.List;

/**
 * How CDIConfig is to be.
 *
 * @param problems values that cannot be followed, each with its field; what stands in for them is in the status
 */
record ConfigPlan(CdiConfigSpec spec, CdiConfigStatus status, List<String> problems) {}
