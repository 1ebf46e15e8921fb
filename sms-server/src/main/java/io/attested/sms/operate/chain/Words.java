package io.attested.sms.operate.chain;

import java.util.Locale;

/** Constants as labels and members of reports: lower case with hyphens. */
final class Words {
    private Words() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
