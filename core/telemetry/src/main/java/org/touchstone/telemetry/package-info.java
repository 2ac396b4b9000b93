/**
 * What the system tells its operator: metrics, and log lines that say which analysis they are
 * about.
 */
package org.touchstone.telemetry;
