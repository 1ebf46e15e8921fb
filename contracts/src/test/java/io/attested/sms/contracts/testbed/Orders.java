package io.attested.sms.contracts.testbed;

import static io.attested.sms.contracts.testbed.Abi.ZERO_ADDRESS;
import static io.attested.sms.contracts.testbed.Abi.address;
import static io.attested.sms.contracts.testbed.Abi.bytes;
import static io.attested.sms.contracts.testbed.Abi.number;
import static io.attested.sms.contracts.testbed.Abi.text;
import static io.attested.sms.contracts.testbed.Abi.word;

import java.security.SecureRandom;
import org.web3j.abi.datatypes.DynamicStruct;

/** The four signed orders of a deal, free of charge and without restrictions; EIP-712 domain iExecODB 5.0.0. */
final class Orders {
    private static final String ORDERS = "((address,uint256,uint256,bytes32,address,address,address,bytes32,bytes),"
            + "(address,uint256,uint256,bytes32,address,address,address,bytes32,bytes),"
            + "(address,uint256,uint256,bytes32,uint256,uint256,address,address,address,bytes32,bytes),"
            + "(address,uint256,address,uint256,address,uint256,address,uint256,bytes32,uint256,uint256,address,"
            + "address,string,bytes32,bytes))";

    private static final String DOMAIN =
            "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)";
    private static final String APP = "AppOrder(address app,uint256 appprice,uint256 volume,bytes32 tag,"
            + "address datasetrestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
    private static final String DATASET =
            "DatasetOrder(address dataset,uint256 datasetprice,uint256 volume,bytes32 tag,"
                    + "address apprestrict,address workerpoolrestrict,address requesterrestrict,bytes32 salt)";
    private static final String WORKERPOOL =
            "WorkerpoolOrder(address workerpool,uint256 workerpoolprice,uint256 volume,"
                    + "bytes32 tag,uint256 category,uint256 trust,address apprestrict,address datasetrestrict,"
                    + "address requesterrestrict,bytes32 salt)";
    private static final String REQUEST = "RequestOrder(address app,uint256 appmaxprice,address dataset,"
            + "uint256 datasetmaxprice,address workerpool,uint256 workerpoolmaxprice,address requester,uint256 volume,"
            + "bytes32 tag,uint256 category,uint256 trust,address beneficiary,address callback,string params,"
            + "bytes32 salt)";
    private static final long TRUST = 1;

    private final byte[] domain;
    private final SecureRandom random;
    private final DealTerms terms;
    private final String callback;

    Orders(Poco poco, SecureRandom random, DealTerms terms) {
        this(poco, random, terms, ZERO_ADDRESS);
    }

    /** @param callback address the result goes to */
    Orders(Poco poco, SecureRandom random, DealTerms terms, String callback) {
        this.domain = domain(poco);
        this.random = random;
        this.terms = terms;
        this.callback = callback;
    }

    private static byte[] domain(Poco poco) {
        return TypedData.of(DOMAIN)
                .text("iExecODB")
                .text("5.0.0")
                .number(poco.chainId())
                .address(poco.hub())
                .hash();
    }

    /** A dataset order with its owner's signature. */
    static DatasetOffer signed(Poco poco, DatasetOffer offer, Wallet owner) {
        byte[] digest = TypedData.of(DATASET)
                .address(offer.dataset())
                .number(0)
                .number(offer.volume().longValueExact())
                .word(Abi.unhex(offer.tag()))
                .address(offer.appRestrict())
                .address(offer.workerpoolRestrict())
                .address(offer.requesterRestrict())
                .word(Abi.unhex(offer.salt()))
                .digest(domain(poco));
        return offer.withSignature(owner.signDigest(digest));
    }

    /** Call data of {@code matchOrders}, or of a function that takes the same orders. */
    String match(String function) {
        return Abi.call(function + ORDERS, appOrder(), datasetOrder(), workerpoolOrder(), requestOrder());
    }

    private DynamicStruct appOrder() {
        return assetOrder(APP, terms.app(), terms.appOwner());
    }

    private DynamicStruct datasetOrder() {
        String dataset = terms.dataset().orElse(ZERO_ADDRESS);
        if (terms.dataset().isPresent()) {
            return assetOrder(DATASET, dataset, terms.datasetOwner());
        }
        String nothing = Abi.hex(new byte[32]);
        return assetOrder(dataset, 0, nothing, nothing, new byte[0]);
    }

    private DynamicStruct assetOrder(String type, String asset, Wallet owner) {
        String salt = salt();
        byte[] digest = TypedData.of(type)
                .address(asset)
                .number(0)
                .number(terms.tasks())
                .word(Abi.unhex(terms.tag()))
                .address(ZERO_ADDRESS)
                .address(ZERO_ADDRESS)
                .address(ZERO_ADDRESS)
                .word(Abi.unhex(salt))
                .digest(domain);
        return assetOrder(asset, terms.tasks(), terms.tag(), salt, Abi.unhex(owner.signDigest(digest)));
    }

    private static DynamicStruct assetOrder(String asset, int volume, String tag, String salt, byte[] signature) {
        return new DynamicStruct(
                address(asset),
                number(0),
                number(volume),
                word(tag),
                address(ZERO_ADDRESS),
                address(ZERO_ADDRESS),
                address(ZERO_ADDRESS),
                word(salt),
                bytes(signature));
    }

    private DynamicStruct workerpoolOrder() {
        String salt = salt();
        byte[] digest = TypedData.of(WORKERPOOL)
                .address(terms.workerpool())
                .number(0)
                .number(terms.tasks())
                .word(Abi.unhex(terms.tag()))
                .number(terms.category())
                .number(TRUST)
                .address(ZERO_ADDRESS)
                .address(ZERO_ADDRESS)
                .address(ZERO_ADDRESS)
                .word(Abi.unhex(salt))
                .digest(domain);
        return new DynamicStruct(
                address(terms.workerpool()),
                number(0),
                number(terms.tasks()),
                word(terms.tag()),
                number(terms.category()),
                number(TRUST),
                address(ZERO_ADDRESS),
                address(ZERO_ADDRESS),
                address(ZERO_ADDRESS),
                word(salt),
                bytes(terms.workerpoolOwner().signDigest(digest)));
    }

    private DynamicStruct requestOrder() {
        String salt = salt();
        return new DynamicStruct(
                address(terms.app()),
                number(0),
                address(terms.dataset().orElse(ZERO_ADDRESS)),
                number(0),
                address(terms.workerpool()),
                number(0),
                address(terms.requester().address()),
                number(terms.tasks()),
                word(terms.tag()),
                number(terms.category()),
                number(TRUST),
                address(terms.beneficiary()),
                address(callback),
                text(terms.params()),
                word(salt),
                bytes(terms.requester().signDigest(requestDigest(salt))));
    }

    private byte[] requestDigest(String salt) {
        return TypedData.of(REQUEST)
                .address(terms.app())
                .number(0)
                .address(terms.dataset().orElse(ZERO_ADDRESS))
                .number(0)
                .address(terms.workerpool())
                .number(0)
                .address(terms.requester().address())
                .number(terms.tasks())
                .word(Abi.unhex(terms.tag()))
                .number(terms.category())
                .number(TRUST)
                .address(terms.beneficiary())
                .address(callback)
                .text(terms.params())
                .word(Abi.unhex(salt))
                .digest(domain);
    }

    private String salt() {
        byte[] salt = new byte[32];
        random.nextBytes(salt);
        return Abi.hex(salt);
    }
}
