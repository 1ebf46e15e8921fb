package io.attested.sms.contracts;

import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;

/** PoCo's structs in the shape web3j's decoder finds by reflection: one public constructor, members in order. */
final class PocoTypes {
    private PocoTypes() {}

    public static final class AssetStruct extends StaticStruct {
        final Address pointer;
        final Address owner;

        public AssetStruct(Address pointer, Address owner, Uint256 price) {
            super(pointer, owner, price);
            this.pointer = pointer;
            this.owner = owner;
        }
    }

    public static final class DealStruct extends DynamicStruct {
        final AssetStruct app;
        final AssetStruct dataset;
        final AssetStruct workerpool;
        final Uint256 trust;
        final Uint256 category;
        final Bytes32 tag;
        final Address requester;
        final Address beneficiary;
        final Address callback;
        final Utf8String params;
        final Uint256 startTime;
        final Uint256 botFirst;
        final Uint256 botSize;

        public DealStruct(
                AssetStruct app,
                AssetStruct dataset,
                AssetStruct workerpool,
                Uint256 trust,
                Uint256 category,
                Bytes32 tag,
                Address requester,
                Address beneficiary,
                Address callback,
                Utf8String params,
                Uint256 startTime,
                Uint256 botFirst,
                Uint256 botSize,
                Uint256 workerStake,
                Uint256 schedulerRewardRatio,
                Address sponsor) {
            super(
                    app,
                    dataset,
                    workerpool,
                    trust,
                    category,
                    tag,
                    requester,
                    beneficiary,
                    callback,
                    params,
                    startTime,
                    botFirst,
                    botSize,
                    workerStake,
                    schedulerRewardRatio,
                    sponsor);
            this.app = app;
            this.dataset = dataset;
            this.workerpool = workerpool;
            this.trust = trust;
            this.category = category;
            this.tag = tag;
            this.requester = requester;
            this.beneficiary = beneficiary;
            this.callback = callback;
            this.params = params;
            this.startTime = startTime;
            this.botFirst = botFirst;
            this.botSize = botSize;
        }
    }

    public static final class CategoryStruct extends DynamicStruct {
        final Uint256 workClockTimeRef;

        public CategoryStruct(Utf8String name, Utf8String description, Uint256 workClockTimeRef) {
            super(name, description, workClockTimeRef);
            this.workClockTimeRef = workClockTimeRef;
        }
    }

    public static final class AppStruct extends DynamicStruct {
        final Address owner;
        final Utf8String type;
        final DynamicBytes multiaddr;
        final Bytes32 checksum;
        final DynamicBytes mrenclave;

        public AppStruct(
                Address owner,
                Utf8String name,
                Utf8String type,
                DynamicBytes multiaddr,
                Bytes32 checksum,
                DynamicBytes mrenclave) {
            super(owner, name, type, multiaddr, checksum, mrenclave);
            this.owner = owner;
            this.type = type;
            this.multiaddr = multiaddr;
            this.checksum = checksum;
            this.mrenclave = mrenclave;
        }
    }

    public static final class DatasetStruct extends DynamicStruct {
        final Address owner;
        final DynamicBytes multiaddr;
        final Bytes32 checksum;

        public DatasetStruct(Address owner, Utf8String name, DynamicBytes multiaddr, Bytes32 checksum) {
            super(owner, name, multiaddr, checksum);
            this.owner = owner;
            this.multiaddr = multiaddr;
            this.checksum = checksum;
        }
    }
}
