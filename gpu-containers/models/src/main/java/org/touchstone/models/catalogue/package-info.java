/** Published checkpoints: their addresses, their licences and the detectors they become. */
package org.touchstone.models.catalogue;
