// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Frame, Part, Read} from "./Read.sol";

/// Who owns a contract, and which of the hub's registries knows it, in one block; runs as {TaskLens} does.
contract OwnerLens {
    struct Answer {
        Frame frame;
        uint256 codeSize;
        Part[] parts;
    }

    constructor(address hub, address asset) {
        Answer memory answer;
        answer.frame = Read.frame(hub);
        answer.codeSize = asset.code.length;
        answer.parts = new Part[](4);
        answer.parts[0] = Read.head(asset, Read.ASSET_GAS, abi.encodeWithSignature("owner()"), 0, 1);
        answer.parts[1] = Read.registered(hub, "appregistry()", asset);
        answer.parts[2] = Read.registered(hub, "datasetregistry()", asset);
        answer.parts[3] = Read.registered(hub, "workerpoolregistry()", asset);
        bytes memory encoded = abi.encode(answer);
        assembly {
            return(add(encoded, 32), mload(encoded))
        }
    }
}
