package io.attested.sms.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A node told of a branch far above the chain for a few seconds, and behaves again. */
class HighLieTest {
    @Test
    void followerReturnsByItselfAfterNodeToldOfManyBlocksThatAreNot() {
        Rig rig = Rig.atDepth(3);
        rig.chain.mine(5000);
        rig.run();
        assertThat(rig.following().head().number()).isEqualTo(rig.chain.top().number());

        rig.chain.rewind(5000);
        for (int block = 0; block < 1000; block++) {
            rig.chain.mine();
            rig.run();
        }
        assertThat(rig.facts().standing()).as("1000 honest blocks later").isInstanceOf(Standing.Following.class);
    }

    @Test
    void followerReturnsAfterRestart() {
        Rig rig = Rig.atDepth(3);
        rig.chain.mine(5000);
        rig.run();
        rig.chain.rewind(5000);
        rig.restart();
        rig.run();
        assertThat(rig.stopped()).isEqualTo(Standing.Reason.BEHIND_SETTLED);
        rig.chain.mine(700);
        rig.run();
        assertThat(rig.facts().standing()).isInstanceOf(Standing.Following.class);
    }
}
