/** Batches of links over HTTP: how they are read, shown, cancelled and exported. */
package org.touchstone.intake.batch;
