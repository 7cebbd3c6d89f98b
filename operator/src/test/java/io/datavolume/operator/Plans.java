package io.datavolume.operator;

import io.datavolume.api.v1beta1.Cdi;
import io.datavolume.api.wire.Installer;
import io.datavolume.operator.OperatorSettings.Images;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Optional;

/** What is planned for a CDI resource that tests write. */
final class Plans {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private Plans() {}

    static OperatorSettings settings(boolean clusterResources) {
        return new OperatorSettings("cdi", clusterResources, "1.0.0", Images.all("example.org/cdi:1"), "1", "Always",
                Optional.empty(), Installer.NONE);
    }

    static Cdi cdi(String spec) {
        Cdi cdi = YAML.unmarshal("apiVersion: cdi.kubevirt.io/v1beta1\nkind: CDI\nspec:\n" + spec.indent(2), Cdi.class);
        cdi.setMetadata(new ObjectMetaBuilder().withName("cdi").withUid("1-2-3")
                .addToLabels("app.kubernetes.io/part-of", "virtualization").build());
        return cdi;
    }

    static List<HasMetadata> of(String spec, Facts facts) {
        return InstallPlanner.objects(cdi(spec), settings(true), facts);
    }

    static Deployment deployment(List<HasMetadata> objects) {
        return (Deployment) objects.stream().filter(Deployment.class::isInstance).findFirst().orElseThrow();
    }
}
