package io.datavolume.image.partition;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Names of GPT partition types that virtual machines have (UEFI 2.10, 5.3.3, and the
 * <a href="https://uapi-group.org/specifications/specs/discoverable_partitions_specification/">Discoverable
 * Partitions Specification</a>).
 */
final class PartitionTypes {

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("C12A7328-F81F-11D2-BA4B-00A0C93EC93B", "EFI System"),
            Map.entry("21686148-6449-6E6F-744E-656564454649", "BIOS boot"),
            Map.entry("9E1A2D38-C612-4316-AA26-8B49521E5A8B", "PowerPC PReP boot"),
            Map.entry("0FC63DAF-8483-4772-8E79-3D69D8477DE4", "Linux filesystem"),
            Map.entry("0657FD6D-A4AB-43C4-84E5-0933C84B4F4F", "Linux swap"),
            Map.entry("E6D6D379-F507-44C2-A23C-238F2A3DF928", "Linux LVM"),
            Map.entry("A19D880F-05FC-4D3B-A006-743F0F84911E", "Linux RAID"),
            Map.entry("BC13C2FF-59E6-4262-A352-B275FD6F7172", "Linux extended boot"),
            Map.entry("4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709", "Linux root (x86-64)"),
            Map.entry("B921B045-1DF0-41C3-AF44-4C6F280D3FAE", "Linux root (ARM-64)"),
            Map.entry("933AC7E1-2EB4-4F13-B844-0E14E2AEF915", "Linux home"),
            Map.entry("8484680C-9521-48C6-9C11-B0720656F69E", "Linux /usr (x86-64)"),
            Map.entry("CA7D7CCB-63ED-4C53-861C-1742536059CC", "LUKS"),
            Map.entry("E3C9E316-0B5C-4DB8-817D-F92DF00215AE", "Microsoft reserved"),
            Map.entry("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", "Microsoft basic data"),
            Map.entry("DE94BBA4-06D1-4D40-A16A-BFD50179D6AC", "Windows recovery"),
            Map.entry("516E7CB6-6ECF-11D6-8FF8-00022D09712B", "FreeBSD UFS"),
            Map.entry("83BD6B9D-7F41-11DC-BE0B-001560B84F0F", "FreeBSD boot"),
            Map.entry("516E7CBA-6ECF-11D6-8FF8-00022D09712B", "FreeBSD ZFS"),
            Map.entry("48465300-0000-11AA-AA11-00306543ECAC", "Apple HFS+"),
            Map.entry("7C3457EF-0000-11AA-AA11-00306543ECAC", "Apple APFS"));

    private PartitionTypes() {}

    /** The name, or the GUID itself. */
    static String name(UUID type) {
        String guid = type.toString().toUpperCase(Locale.ROOT);
        return NAMES.getOrDefault(guid, guid);
    }
}
