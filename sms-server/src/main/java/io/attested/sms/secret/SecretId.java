package io.attested.sms.secret;

import io.attested.sms.chain.Address;

/** Which secret. Who pushed it is not part of it: a dataset that was sold has a secret of each owner. */
public sealed interface SecretId {
    SecretKind kind();

    /** What the secret belongs to: a contract that can change hands, or a wallet. */
    Address asset();

    /** The name within the asset; empty for a dataset's key, {@code 1} for an app's secret. */
    String name();

    /** Whether the asset is a contract whose owner the chain tells; otherwise the asset is the owner. */
    default boolean ownedOnChain() {
        return switch (this) {
            case DatasetKey dataset -> true;
            case AppSecret app -> true;
            case RequesterSecret requester -> false;
            case AccountSecret account -> false;
        };
    }

    /** The key a dataset is encrypted with. */
    record DatasetKey(Address dataset) implements SecretId {
        @Override
        public SecretKind kind() {
            return SecretKind.DATASET_KEY;
        }

        @Override
        public Address asset() {
            return dataset;
        }

        @Override
        public String name() {
            return "";
        }
    }

    /** The secret of an app's developer. */
    record AppSecret(Address app) implements SecretId {
        @Override
        public SecretKind kind() {
            return SecretKind.APP_SECRET;
        }

        @Override
        public Address asset() {
            return app;
        }

        @Override
        public String name() {
            return "1";
        }
    }

    /** A secret a requester gives to the tasks it buys. */
    record RequesterSecret(Address requester, RequesterSecretName secretName) implements SecretId {
        @Override
        public SecretKind kind() {
            return SecretKind.REQUESTER_SECRET;
        }

        @Override
        public Address asset() {
            return requester;
        }

        @Override
        public String name() {
            return secretName.value();
        }
    }

    /** A secret of an account, such as a storage token or a result key. */
    record AccountSecret(Address account, AccountSecretName secretName) implements SecretId {
        @Override
        public SecretKind kind() {
            return SecretKind.ACCOUNT_SECRET;
        }

        @Override
        public Address asset() {
            return account;
        }

        @Override
        public String name() {
            return secretName.value();
        }
    }
}
