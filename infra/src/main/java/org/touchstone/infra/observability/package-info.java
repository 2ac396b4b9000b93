/** What tells the operator how things are: one dashboard, and alarms. */
package org.touchstone.infra.observability;
