/** Tests of the command line. */
@NullMarked
package io.attested.sms.chain.cli;

import org.jspecify.annotations.NullMarked;
