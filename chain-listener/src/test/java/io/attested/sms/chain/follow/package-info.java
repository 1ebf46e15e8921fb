/** Tests of the follower, on a chain of the test's own making. */
@NullMarked
package io.attested.sms.chain.follow;

import org.jspecify.annotations.NullMarked;
