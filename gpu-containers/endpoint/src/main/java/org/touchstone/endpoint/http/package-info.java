/** The container's HTTP interface: predictions, available detectors, health and problems. */
package org.touchstone.endpoint.http;
