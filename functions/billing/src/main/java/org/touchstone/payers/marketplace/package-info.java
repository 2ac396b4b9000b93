/** AWS Marketplace: metering, buyers and the notices about their subscriptions. */
package org.touchstone.payers.marketplace;
