/** Batches: many links that are analysed one after another, and how far that is. */
package org.touchstone.domain.batch;
