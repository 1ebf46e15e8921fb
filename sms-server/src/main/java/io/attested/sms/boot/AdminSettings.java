package io.attested.sms.boot;

import io.attested.sms.operate.admin.StorageRoom;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The admin API, prefix {@code sms.admin}.
 *
 * @param apiKeyFile the key that {@code X-API-KEY} must carry; absent: the API is disabled
 * @param storageLocation the folder backups lie in; new ones in its subfolder {@code work}
 * @param port the only port where {@code /admin} answers; absent: every port, as the contract has it
 * @param address where to listen on {@code port} when nothing else does; absent: loopback
 * @param reserve space that backups leave on their disk; absent: twice the store's reserve
 * @param storageLimit most space of all backups together; absent: what the disk has
 */
@ConfigurationProperties("sms.admin")
public record AdminSettings(
        @Nullable Path apiKeyFile,
        @Nullable Path storageLocation,
        @Nullable Integer port,
        @Nullable InetAddress address,
        @Nullable DataSize reserve,
        @Nullable DataSize storageLimit,
        @DefaultValue OutOfService outOfService) {
    public AdminSettings {
        if (apiKeyFile != null) {
            StartRefused.whenMissing(
                    "sms.admin.storage-location",
                    storageLocation,
                    "the folder backups lie in, because sms.admin.api-key-file enables the admin API");
        }
    }

    /** The only port with an admin API, if there is one. */
    OptionalInt onlyPort() {
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** Where backups may lie and how much they may take, if anywhere. */
    Optional<StorageRoom> room(DataSize storeReserve) {
        return Optional.ofNullable(storageLocation)
                .map(location -> new StorageRoom(
                        location.toAbsolutePath().normalize(),
                        reserve == null ? 2 * storeReserve.toBytes() : reserve.toBytes(),
                        storageLimit == null ? OptionalLong.empty() : OptionalLong.of(storageLimit.toBytes())));
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
