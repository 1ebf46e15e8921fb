// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Frame, Part, Read} from "./Read.sol";

/// Whether a contract wallet approves a signature of a hash (ERC-1271) in one block; runs as {TaskLens} does.
contract WalletLens {
    struct Answer {
        Frame frame;
        uint256 codeSize;
        Part[] parts;
    }

    constructor(address hub, address wallet, bytes32 hash, bytes memory signature) {
        Answer memory answer;
        answer.frame = Read.frame(hub);
        answer.codeSize = wallet.code.length;
        answer.parts = new Part[](1);
        if (answer.codeSize != 0) {
            bytes memory data = abi.encodeWithSignature("isValidSignature(bytes32,bytes)", hash, signature);
            answer.parts[0] = Read.head(wallet, Read.WALLET_GAS, data, 0, 1);
        }
        bytes memory encoded = abi.encode(answer);
        assembly {
            return(add(encoded, 32), mload(encoded))
        }
    }
}
