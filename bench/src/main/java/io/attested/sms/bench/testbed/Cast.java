package io.attested.sms.bench.testbed;

import io.attested.sms.contracts.testbed.Wallet;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The people of the scenario. Their keys are public. */
final class Cast {
    /** A requester, beneficiary or worker of these roles never pushes anything. */
    static final String SILENT = "silent";

    private final Map<String, Wallet> wallets;

    private Cast(Map<String, Wallet> wallets) {
        this.wallets = wallets;
    }

    static Cast usual() {
        Map<String, Wallet> wallets = new LinkedHashMap<>();
        wallets.put("deployer", Wallet.DEPLOYER);
        wallets.put("appDeveloper", Wallet.APP_DEVELOPER);
        wallets.put("datasetOwner", Wallet.DATASET_OWNER);
        wallets.put("workerpoolOwner", Wallet.WORKERPOOL_OWNER);
        wallets.put("requester", Wallet.REQUESTER);
        wallets.put("worker", Wallet.WORKER);
        wallets.put("stranger", Wallet.STRANGER);
        for (String role : List.of("beneficiary", "otherRequester", "otherWorker", "otherWorkerpoolOwner", SILENT)) {
            wallets.put(role, named(role));
        }
        return new Cast(wallets);
    }

    /** A key made from a public word: known to everybody, the same at every start. */
    private static Wallet named(String role) {
        byte[] key = Wallet.keccak(("sms-testbed/" + role).getBytes(StandardCharsets.UTF_8));
        return Wallet.ofPrivateKey("0x" + HexFormat.of().formatHex(key));
    }

    Wallet the(String role) {
        Wallet wallet = wallets.get(role);
        if (wallet == null) {
            throw new IllegalArgumentException("nobody is called " + role);
        }
        return wallet;
    }

    List<ScenarioFile.Account> accounts() {
        return wallets.entrySet().stream()
                .map(entry -> ScenarioFile.Account.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
