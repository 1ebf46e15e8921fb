package io.attested.sms.chain.checked;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.rpc.Question;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Replies;
import io.attested.sms.chain.rpc.RoundTrip;
import io.attested.sms.contracts.ContractCall;
import java.util.ArrayList;
import java.util.List;

/** The address that each of some contracts gives to the same call, at one block. */
record AddressesTrip(ContractCall<String> call, List<Address> contracts, BlockRef block)
        implements RoundTrip<List<Address>> {
    @Override
    public List<Question> questions() {
        return contracts.stream()
                .map(contract -> Question.call(contract, call.data(), block))
                .toList();
    }

    @Override
    public List<Address> read(Replies replies) throws ReadFailure {
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < contracts.size(); i++) {
            addresses.add(call.decode(LensTrip.text(replies, i))
                    .flatMap(Address::tryParse)
                    .orElseThrow(() -> ReadFailure.malformed("the registries: an answer is no address")));
        }
        return List.copyOf(addresses);
    }
}
