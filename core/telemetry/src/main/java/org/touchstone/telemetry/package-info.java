/** Output for the operator: metrics, and log lines that name their analysis. */
package org.touchstone.telemetry;
