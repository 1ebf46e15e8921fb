// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Frame, Part, Read} from "./Read.sol";

/// Some dataset orders of a bulk deal in one block: each dataset as registered, and whether the hub accepts the order for
/// the deal; runs as {TaskLens} does.
contract DatasetOrdersLens {
    struct Answer {
        Frame frame;
        uint256 orders;
        Part[] parts;
    }

    /// Parts of one order; one more, after those of all orders, tells which facet judges orders.
    uint256 private constant PARTS = 5;

    /// A URL or a multiaddress; what is longer is named too large.
    uint256 private constant LONGEST_MULTIADDR = 1_088;

    string private constant JUDGE =
        "assertDatasetDealCompatibility((address,uint256,uint256,bytes32,address,address,address,bytes32,bytes),bytes32)";

    /// `calls` holds the call of the hub that judges the order of the dataset at the same place.
    constructor(address hub, address[] memory datasets, bytes[] memory calls) {
        Answer memory answer;
        answer.frame = Read.frame(hub);
        answer.orders = datasets.length;
        answer.parts = new Part[](PARTS * datasets.length + 1);
        for (uint256 i = 0; i < datasets.length; i++) {
            order(answer.parts, PARTS * i, hub, datasets[i], calls[i]);
        }
        bytes memory facet = abi.encodeWithSignature("facetAddress(bytes4)", bytes4(keccak256(bytes(JUDGE))));
        answer.parts[PARTS * datasets.length] = Read.head(hub, Read.HUB_GAS, facet, 0, 1);
        bytes memory encoded = abi.encode(answer);
        assembly {
            return(add(encoded, 32), mload(encoded))
        }
    }

    /// What is no dataset of the hub is not asked anything: its code could be anybody's.
    function order(Part[] memory parts, uint256 at, address hub, address dataset, bytes memory call) private view {
        parts[at] = Read.registered(hub, "datasetregistry()", dataset);
        if (Read.word(parts[at], 0) != 1) return;
        parts[at + 1] = getter(dataset, "owner()");
        bytes memory multiaddr = abi.encodeWithSignature("m_datasetMultiaddr()");
        parts[at + 2] = Read.short(dataset, multiaddr, 2, LONGEST_MULTIADDR);
        parts[at + 3] = getter(dataset, "m_datasetChecksum()");
        parts[at + 4] = Read.head(hub, Read.ORDER_GAS, call, 0, 0);
    }

    function getter(address dataset, string memory signature) private view returns (Part memory) {
        return Read.head(dataset, Read.ASSET_GAS, abi.encodeWithSignature(signature), 0, 1);
    }
}
