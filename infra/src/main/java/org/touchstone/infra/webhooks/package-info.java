/** The queue of events, and what comes into it from EventBridge. */
package org.touchstone.infra.webhooks;
