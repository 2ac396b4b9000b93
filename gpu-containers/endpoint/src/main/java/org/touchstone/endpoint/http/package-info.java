/** The container's HTTP interface: predictions, the detectors there are, health, and problems. */
package org.touchstone.endpoint.http;
