// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Frame, Part, Read} from "./Read.sol";

/// What tells that an address is a PoCo hub, and of which kind, in one block; runs as {TaskLens} does.
contract HubLens {
    struct Answer {
        Frame frame;
        uint256 codeSize;
        Part[] parts;
    }

    constructor(address hub) {
        Answer memory answer;
        answer.frame = Read.frame(hub);
        answer.codeSize = hub.code.length;
        answer.parts = new Part[](11);
        answer.parts[0] = ask(hub, abi.encodeWithSignature("countCategory()"), 1);
        answer.parts[1] = ask(hub, abi.encodeWithSignature("appregistry()"), 1);
        answer.parts[2] = ask(hub, abi.encodeWithSignature("datasetregistry()"), 1);
        answer.parts[3] = ask(hub, abi.encodeWithSignature("workerpoolregistry()"), 1);
        answer.parts[4] = ask(hub, abi.encodeWithSignature("eip712domain_separator()"), 1);
        answer.parts[5] = ask(hub, abi.encodeWithSignature("viewTaskABILegacy(bytes32)", bytes32(0)), 7);
        if (answer.parts[5].outcome == Read.REFUSED) {
            answer.parts[5] = ask(hub, abi.encodeWithSignature("viewTask(bytes32)", bytes32(0)), 8);
        }
        answer.parts[6] = ask(hub, abi.encodeWithSignature("viewDeal(bytes32)", bytes32(0)), 22);
        answer.parts[7] = ask(hub, abi.encodeWithSignature("viewDealBoost(bytes32)", bytes32(0)), 14);
        answer.parts[8] = ask(hub, abi.encodeWithSignature("token()"), 1);
        answer.parts[9] = facet(hub, "viewApp(address)");
        answer.parts[10] = facet(hub, "assertDatasetDealCompatibility((address,uint256,uint256,bytes32,address,address,address,bytes32,bytes),bytes32)");
        bytes memory encoded = abi.encode(answer);
        assembly {
            return(add(encoded, 32), mload(encoded))
        }
    }

    /// Which facet of the diamond (ERC-2535) serves a function; zero for none.
    function facet(address hub, string memory signature) private view returns (Part memory) {
        bytes4 selector = bytes4(keccak256(bytes(signature)));
        return ask(hub, abi.encodeWithSignature("facetAddress(bytes4)", selector), 1);
    }

    function ask(address hub, bytes memory data, uint256 words) private view returns (Part memory) {
        return Read.head(hub, Read.HUB_GAS, data, 0, words);
    }
}
