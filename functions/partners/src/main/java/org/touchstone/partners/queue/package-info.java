/** Messages to the queue of voters' jobs. */
package org.touchstone.partners.queue;
