/** From the messages of the queue to the deliveries of an event, one for each receiver. */
package org.touchstone.webhooks.events;
