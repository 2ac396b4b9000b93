/** What batches of links need beside the API. */
package org.touchstone.infra.batches;
