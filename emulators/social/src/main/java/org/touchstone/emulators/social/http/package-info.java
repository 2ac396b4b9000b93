/** A small HTTP server with faults, rate limits and a record of its calls. */
package org.touchstone.emulators.social.http;
