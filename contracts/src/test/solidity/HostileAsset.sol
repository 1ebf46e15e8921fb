// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// Answers every call as badly as its kind says, for tests: 0 with as many zero bytes as the gas allows, 1 by burning
/// all gas, 2 with an address whose upper bytes are not zero, 3 with one byte, 4 by reverting with 10,000 bytes.
contract HostileAsset {
    uint256 private immutable kind;

    constructor(uint256 kind_) {
        kind = kind_;
    }

    fallback() external {
        uint256 as_ = kind;
        assembly {
            switch as_
            case 0 { return(0, 200000) }
            case 1 { invalid() }
            case 2 {
                mstore(0, not(0))
                return(0, 32)
            }
            case 3 { return(0, 1) }
            default { revert(0, 10000) }
        }
    }
}
