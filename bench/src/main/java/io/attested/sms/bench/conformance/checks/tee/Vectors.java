package io.attested.sms.bench.conformance.checks.tee;

import io.attested.sms.contracts.testbed.Wallet;

/** Test vectors 5 and 6 of contract section 2.6. */
final class Vectors {
    static final Wallet OWNER = Wallet.ofPrivateKey("0x" + "11".repeat(32));
    static final Wallet POOL = Wallet.ofPrivateKey("0x" + "22".repeat(32));
    static final String ENCLAVE = "0x5CbDd86a2FA8Dc4bDdd8a8f69dBa48572EeC07FB";
    static final String TASK = "0x" + "aa".repeat(32);

    static final String CHALLENGE_HASH = "0x20ee8f1366f06926e9e8771d8fb9007a8537c8dfdb6a3f8c2cfd64db19d2ec90";
    static final String CHALLENGE_SIGNATURE =
            "0x0d4f06d134804401aa920fc49eb36d9c9ced1e1366c3c713a881a562e78cffe10e436d76db6baf65236e859b7772452e4ec5d3f6524d4e43159b9c579332c6a11b";

    static final String AUTHORIZATION_HASH = "0x3d5ea3b226951dc0b2a2d49ac2ebb161b81087c2d846a1fef15de286ee59bbd9";
    static final String POOL_SIGNATURE =
            "0x96db1689a71b655b3b2b5b71a6c5a30e208c36b5bb27709b96a3c479b1f91eb440add6e2cc7b3078e582da7c0486ab00fd2f8676d3a976c6d0f9db0631324aca1c";
    static final String WORKER_SIGNATURE =
            "0x524eb08f0803548b7d1567986677dca7cc8c4531e6ab6b281acccd1d5edcd89975b727acd31660dff25f0fc0bc8d826a5742be7af1255425266e26b5a4075d4a1c";

    private Vectors() {}
}
