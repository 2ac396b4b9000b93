/** Benchmarks: each claim about speed is measured here, against a baseline of the same run. */
package org.touchstone.bench;
