/** The queues that the workflow sends jobs to, with their dead-letter queues. */
package org.touchstone.infra.queues;
