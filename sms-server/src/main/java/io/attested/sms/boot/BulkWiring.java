package io.attested.sms.boot;

import io.attested.sms.chain.ChainView;
import io.attested.sms.task.bulk.BulkBook;
import io.attested.sms.task.ipfs.GatewaySettings;
import io.attested.sms.task.ipfs.IpfsGateway;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bulk processing: the IPFS gateway and who reads lists from it. */
@Configuration(proxyBeanMethods = false)
class BulkWiring {

    /** Who looks bulk tasks up; nobody without a gateway. */
    record Served(Optional<IpfsGateway> gateway, Optional<BulkBook> book) implements AutoCloseable {
        @Override
        public void close() {
            gateway.ifPresent(IpfsGateway::close);
        }
    }

    @Bean
    Served bulks(BulkSettings settings, ChainView chain, MeterRegistry metrics, InstantSource clock) {
        URI gateway = settings.gateway();
        if (gateway == null) {
            return new Served(Optional.empty(), Optional.empty());
        }
        IpfsGateway ipfs = IpfsGateway.open(checked(settings, gateway), clock);
        return new Served(
                Optional.of(ipfs),
                Optional.of(new BulkBook(
                        chain,
                        ipfs,
                        new BulkBook.Patience(settings.timeout(), Math.max(1, settings.parallel() * 3 / 4)),
                        new BulkMeter(metrics),
                        clock)));
    }

    private static GatewaySettings checked(BulkSettings settings, URI gateway) {
        try {
            int maxBytes =
                    Math.toIntExact(Math.min(settings.maxBytes().toBytes(), GatewaySettings.LARGEST_MAX_BYTES + 1L));
            return new GatewaySettings(gateway, settings.timeout(), maxBytes, settings.parallel());
        } catch (IllegalArgumentException e) {
            throw new StartRefused("sms.bulk is not usable: " + e.getMessage());
        }
    }
}
