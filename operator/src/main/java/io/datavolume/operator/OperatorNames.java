package io.datavolume.operator;

/** Names of the wire that only an operator writes. */
final class OperatorNames {

    /** Label: the version of the operator that made an object. */
    static final String CREATE_VERSION = "operator.cdi.kubevirt.io/createVersion";
    /** Label: the version of the operator that changed it since. */
    static final String UPDATE_VERSION = "operator.cdi.kubevirt.io/updateVersion";
    /** Annotation: what the operator wanted when it last wrote the object, so that what it no longer wants can go. */
    static final String LAST_APPLIED = "operator.cdi.kubevirt.io/lastAppliedConfiguration";
    /** Config map that stands for the one installation of a namespace. */
    static final String CONFIG_MAP = "cdi-config";
    static final String COMPONENT = "operator-controller";

    private OperatorNames() {}
}
