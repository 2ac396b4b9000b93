/** What a buyer meets: an account, the first key, and the end of a subscription. */
package org.touchstone.payers.buying;
