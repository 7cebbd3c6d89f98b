package io.datavolume.standalone;

import io.datavolume.importer.flow.Inspection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** An inspection as one JSON object; sizes are bytes, -1 is unknown. */
final class InspectionJson {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private InspectionJson() {}

    static String of(Inspection found) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", found.source());
        json.put("sourceLength", found.sourceLength());
        json.put("layers", found.layers());
        json.put("format", found.format());
        json.put("virtualSize", found.virtualSize());
        json.put("allocatedBytes", found.allocatedBytes());
        json.put("complete", found.complete());
        json.put("notRead", found.notRead());
        json.put("facts", found.facts());
        json.put("checks", found.checks().stream().map(InspectionJson::check).toList());
        json.put("refused", found.refusal().isPresent());
        found.refusal().ifPresent(refusal -> json.put("refusal", refusal));
        json.put("partitions", List.copyOf(found.partitions()));
        json.put("labels", found.labels());
        json.put("bytesRead", found.bytesRead());
        return JSON.writeValueAsString(json);
    }

    private static Map<String, Object> check(io.datavolume.image.SafetyReport.Line line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", line.check().id());
        json.put("demand", line.check().demand());
        json.put("result", Choice.id(line.outcome()));
        json.put("detail", line.detail());
        return json;
    }
}
