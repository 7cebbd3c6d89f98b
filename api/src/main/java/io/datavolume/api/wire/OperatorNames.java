package io.datavolume.api.wire;

/** What an operator writes on the objects of an installation, and the reasons of its events and conditions. */
public final class OperatorNames {

    /** Label: the version of the operator that made an object. */
    public static final String CREATE_VERSION = "operator.cdi.kubevirt.io/createVersion";
    /** Label: the version of the operator that changed it since. */
    public static final String UPDATE_VERSION = "operator.cdi.kubevirt.io/updateVersion";
    /** Annotation: what the operator wanted when it last wrote the object, so that what it no longer wants can go. */
    public static final String LAST_APPLIED = "operator.cdi.kubevirt.io/lastAppliedConfiguration";
    /** Config map that stands for the one installation of a namespace. */
    public static final String CONFIG_MAP = "cdi-config";
    /** Value of CDI's {@code uninstallStrategy}: wait until no DataVolume is left. */
    public static final String BLOCK_UNINSTALL = "BlockUninstallIfWorkloadsExist";

    public static final String CREATED = "CreateResourceSuccess";
    public static final String NOT_CREATED = "CreateResourceFailed";
    public static final String UPDATED = "UpdateResourceSuccess";
    public static final String DELETED = "DeleteResourceSuccess";

    public static final String DEPLOY_STARTED = "DeployStarted";
    public static final String DEPLOY_COMPLETED = "DeployCompleted";
    public static final String UPGRADE_STARTED = "UpgradeStarted";
    public static final String DEPLOYMENT_UNREADY = "DeploymentUnready";
    public static final String CREATE_RESOURCES = "CreateResources";
    public static final String CONFIG_ERROR = "ConfigError";
    public static final String UNINSTALL_BLOCKED = "UninstallBlocked";

    private OperatorNames() {}
}
