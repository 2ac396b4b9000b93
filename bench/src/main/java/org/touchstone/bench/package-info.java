/** Benchmarks: each claim about speed is measured here, against a baseline from the same run. */
package org.touchstone.bench;
