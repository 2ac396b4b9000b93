/**
 * Endpoints of both lanes: a queue of jobs, and what works on it. GPU endpoints are containers on
 * instances that start when there is work, CPU endpoints are functions.
 */
package org.touchstone.infra.endpoint;
