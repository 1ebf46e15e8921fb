package io.attested.sms.chain.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.attested.sms.chain.Address;
import io.attested.sms.chain.Bytes32;
import io.attested.sms.contracts.testbed.LocalChain;
import io.attested.sms.contracts.testbed.Poco;
import io.attested.sms.contracts.testbed.Scenario;
import io.attested.sms.contracts.testbed.Wallet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.web3j.crypto.Hash;

/** Proofs of another node with another trie; Ganache names blocks by number only. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GanacheProofTest {
    private static final Bytes32 NO_CODE = Bytes32.of(Hash.sha3(new byte[0]));
    private static final int SLOTS = 40;

    private LocalChain chain;
    private ProofNode node;

    @BeforeAll
    void start() {
        chain = LocalChain.ganache();
        node = new ProofNode(chain.url(), Address.ZERO);
    }

    @AfterAll
    void stop() {
        node.close();
        chain.stop();
    }

    @Test
    void anAccountWithoutCodeIsProven() throws Unproven {
        assertThat(state(Address.parse(Wallet.REQUESTER.address()), Word.of(0)).codeHash())
                .contains(NO_CODE);
    }

    @Test
    void theAbsenceOfAnAccountIsProven() throws Unproven {
        AccountState nobody = state(Address.parse("0x" + "77".repeat(20)), Word.of(0));

        assertThat(nobody.codeHash()).isEmpty();
        assertThat(nobody.word(Word.of(0)).isZero()).isTrue();
    }

    @Test
    void everySlotThatAContractWroteIsProvenAndTheNextIsZero() throws Unproven {
        StringBuilder creation = new StringBuilder("0x");
        for (int slot = 0; slot < SLOTS; slot++) {
            creation.append("%s60%02x55".formatted(push(slot), slot));
        }
        Address contract = Address.parse(
                Scenario.on(chain, new Poco(65535, "", "", "", "", "", 0, 0)).deploy(creation + "00"));
        List<Bytes32> slots = new ArrayList<>();
        for (int slot = 0; slot <= SLOTS; slot++) {
            slots.add(Word.of(slot));
        }

        AccountState account = state(contract, slots.toArray(new Bytes32[0]));

        for (int slot = 0; slot < SLOTS; slot++) {
            assertThat(account.word(Word.of(slot))).isEqualTo(value(slot));
        }
        assertThat(account.word(Word.of(SLOTS)).isZero()).isTrue();
    }

    /** Short and long words in turn. */
    private static Bytes32 value(int slot) {
        return slot % 2 == 0 ? Word.of(slot + 1) : Word.elements(Word.of(slot));
    }

    private static String push(int slot) {
        return "7f" + value(slot).value().substring(2);
    }

    private AccountState state(Address account, Bytes32... slots) throws Unproven {
        ProofRequest request = new ProofRequest(account, List.of(slots));
        byte[] answer = node.call(ProofRequest.METHOD, request.params("latest").toArray())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        return new StateProof(node.stateRoot(node.head())).verify(request, ProofAnswer.read(answer));
    }
}
