package io.datavolume.importer.registry;

/** How to prove to a registry who asks. Never printed. */
public sealed interface RegistryCredentials {

    /** Nobody in particular. */
    record Anonymous() implements RegistryCredentials {}

    /** A user and a password, or whatever the registry takes as such. */
    record Basic(String user, String password) implements RegistryCredentials {

        public Basic {
            if (user.indexOf(':') >= 0 || hasControl(user) || hasControl(password)) {
                throw new IllegalArgumentException("a user name holds no colon, and neither it nor a password"
                        + " holds control characters");
            }
        }

        @Override
        public String toString() {
            return "Basic[redacted]";
        }
    }

    /** A refresh token that a registry gave at login ({@code identitytoken}). */
    record IdentityToken(String token) implements RegistryCredentials {
        @Override
        public String toString() {
            return "IdentityToken[redacted]";
        }
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
