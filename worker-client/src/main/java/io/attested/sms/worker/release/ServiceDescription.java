package io.attested.sms.worker.release;

import io.attested.sms.worker.ServiceKey;
import io.attested.sms.worker.ethereum.AskDomain;
import io.attested.sms.worker.ethereum.EthereumAddress;
import io.attested.sms.worker.json.MalformedJsonException;
import io.attested.sms.worker.json.StrictJson;

/**
 * What a service says of itself at {@code GET /v1/service}. A claim, not a proof: the key counts only once the launch of the
 * enclave is bound to it.
 *
 * @param serviceKey its key
 * @param chainId the chain it serves
 * @param hub the PoCo hub it serves
 */
public record ServiceDescription(ServiceKey serviceKey, long chainId, EthereumAddress hub) {
    /** Reads the answer. Members that a client does not need are ignored. */
    static ServiceDescription parse(byte[] json) throws MalformedJsonException {
        StrictJson object = StrictJson.parseOpen("the service's description", json);
        long chainId = object.number("chainId");
        if (chainId == 0) {
            throw new MalformedJsonException("the service's description: \"chainId\" must be positive");
        }
        return new ServiceDescription(
                object.parsed("serviceKey", Wire.HASH, ServiceKey::parse),
                chainId,
                object.parsed("hub", Wire.ADDRESS, EthereumAddress::parse));
    }

    /** The domain of asks to this service. */
    public AskDomain askDomain() {
        return new AskDomain(chainId, hub, serviceKey.serviceId());
    }
}
