/** Stripe: meter events, checkout sessions and events about subscriptions. */
package org.touchstone.payers.stripe;
