/** The attempts to deliver an event to one receiver. */
package org.touchstone.webhooks.delivery;
