/** Webhooks: events that an account's servers are told of, by the rules of Standard Webhooks. */
package org.touchstone.domain.webhook;
