package io.attested.sms.chain.checked;

import io.attested.sms.chain.proof.ProofPlan;
import io.attested.sms.chain.proof.ProofRequest;
import io.attested.sms.chain.proof.ProofVerdict;
import io.attested.sms.chain.rpc.BlockHeader;
import io.attested.sms.chain.rpc.Question;
import io.attested.sms.chain.rpc.ReadFailure;
import io.attested.sms.chain.rpc.Replies;
import io.attested.sms.chain.rpc.RoundTrip;
import java.util.ArrayList;
import java.util.List;

/** The proofs of facts of one block or two, in one batch. One good answer is enough: the state roots judge it. */
record ProofTrip(List<AtBlock> parts) implements RoundTrip<Integer> {
    /** A plan and the block whose state root judges it; the header's hash is recomputed and agreed on. */
    record AtBlock(ProofPlan plan, BlockHeader block) {}

    @Override
    public List<Question> questions() {
        List<Question> questions = new ArrayList<>();
        for (AtBlock part : parts) {
            Object pinned = Question.pinned(part.block().ref());
            part.plan()
                    .requests()
                    .forEach(request -> questions.add(new Question(ProofRequest.METHOD, request.params(pinned))));
        }
        return questions;
    }

    /** Gives how many values are proven. */
    @Override
    public Integer read(Replies replies) throws ReadFailure {
        int from = 0;
        int values = 0;
        for (AtBlock part : parts) {
            List<byte[]> answers = new ArrayList<>();
            for (int i = 0; i < part.plan().requests().size(); i++) {
                answers.add(replies.json(from + i, "the proof"));
            }
            from += answers.size();
            values += proven(part.plan().judge(part.block().stateRoot(), answers), part.block());
        }
        return values;
    }

    private static int proven(ProofVerdict verdict, BlockHeader block) throws ReadFailure {
        return switch (verdict) {
            case ProofVerdict.Proven(int values) -> values;
            case ProofVerdict.Contradicted(String value, String claimed, String found) ->
                throw ReadFailure.unproven("the state of block " + block.number() + " holds another " + value + " ("
                        + found + ") than the nodes said (" + claimed + ")");
            case ProofVerdict.Unproven(var account, String why) ->
                throw ReadFailure.unproven("the proof of " + account + " at block " + block.number() + ": " + why);
        };
    }
}
