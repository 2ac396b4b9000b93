/** The account's webhooks. */
package org.touchstone.intake.webhooks;
