package io.attested.sms.boot;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The admin API, prefix {@code sms.admin}.
 *
 * @param apiKeyFile the key that {@code X-API-KEY} must carry; absent: the API is disabled
 * @param storageLocation the folder backups lie in; new ones in its subfolder {@code work}
 */
@ConfigurationProperties("sms.admin")
public record AdminSettings(
        @Nullable Path apiKeyFile,
        @Nullable Path storageLocation,
        @DefaultValue OutOfService outOfService) {
    public AdminSettings {
        if (apiKeyFile != null) {
            StartRefused.whenMissing(
                    "sms.admin.storage-location",
                    storageLocation,
                    "the folder backups lie in, because sms.admin.api-key-file enables the admin API");
        }
    }

    /**
     * The switch that keeps requests out.
     *
     * @param enabled whether it does
     * @param initiallyOffline whether it does so from the start on, until a restore succeeds
     */
    public record OutOfService(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("false") boolean initiallyOffline) {}
}
