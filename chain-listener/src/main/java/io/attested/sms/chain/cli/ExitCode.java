package io.attested.sms.chain.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Exit codes of the command {@code sms chain}. They are part of its interface. */
final class ExitCode {
    /** Found, or for {@code status}: the chain can be read. */
    static final int FOUND = 0;

    /** Unknown at the block asked about, not settled yet, or of a boosted deal. */
    static final int NOT_FOUND = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** The chain is another than the command line says. */
    static final int REFUSED = 3;

    /** The nodes are silent, disagree or prove nothing. */
    static final int UNREADABLE = 4;

    private ExitCode() {}

    /** The same for {@code --help}. */
    static Map<String, String> help() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "Found; status: the chain can be read");
        codes.put("1", "Not found: unknown at this block, not settled yet, or of a boosted deal");
        codes.put("2", "The command line is wrong; nothing was asked");
        codes.put("3", "Refused: another chain id, no PoCo hub there, another code of it, no such block, or no proofs");
        codes.put("4", "The chain cannot be read: nodes are silent, disagree, or prove nothing; try again");
        return codes;
    }
}
