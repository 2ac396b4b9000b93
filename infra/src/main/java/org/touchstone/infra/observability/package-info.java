/** Monitoring for the operator: one dashboard, and alarms. */
package org.touchstone.infra.observability;
