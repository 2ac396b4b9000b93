/** From what a model says of faces and clips to scores of people and of a whole medium. */
package org.touchstone.detectors.people;
