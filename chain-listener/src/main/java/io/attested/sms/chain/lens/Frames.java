package io.attested.sms.chain.lens;

import io.attested.sms.chain.BlockRef;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.chain.ChainFailure.Kind;
import io.attested.sms.contracts.LensFrame;
import java.math.BigInteger;
import java.util.Optional;
import org.web3j.crypto.Hash;

/** Whether an answer is of the chain, the block and the hub that were asked for. */
final class Frames {
    private static final Bytes32 NO_CODE = Bytes32.of(Hash.sha3(new byte[0]));

    private final long chainId;
    private final Optional<Bytes32> hubCodeHash;

    Frames(long chainId, Optional<Bytes32> hubCodeHash) {
        this.chainId = chainId;
        this.hubCodeHash = hubCodeHash;
    }

    /** Whether the hub exists at this block. */
    boolean hubExists(LensFrame frame) {
        Bytes32 code = Bytes32.of(frame.hubCodeHash());
        return !code.isZero() && !code.equals(NO_CODE);
    }

    void check(LensFrame frame, BlockRef at) throws FactsRefused {
        if (!frame.chainId().equals(BigInteger.valueOf(chainId))) {
            throw new FactsRefused(
                    Kind.WRONG_CHAIN, "the lens ran on chain " + frame.chainId() + ", expected " + chainId);
        }
        if (!frame.number().equals(BigInteger.valueOf(at.number()))
                || !frame.timestamp().equals(BigInteger.valueOf(at.time().getEpochSecond()))) {
            throw FactsRefused.inconsistent(
                    "the lens ran in block " + frame.number() + ", expected block " + at.number() + " of " + at.time());
        }
        Bytes32 code = Bytes32.of(frame.hubCodeHash());
        if (hubExists(frame) && hubCodeHash.isPresent() && !hubCodeHash.get().equals(code)) {
            throw FactsRefused.inconsistent(
                    "the hub's code has the keccak256 " + code + ", expected " + hubCodeHash.get());
        }
    }
}
