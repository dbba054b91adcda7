"""Helpers whose results carry no derivative."""

import tangentx.runtime as rt
from tangentx import callees
from tangentx.rules.declare import constant

# checks
constant(rt.check_inputs, rt.check_reals, rt.check_objects, rt.check_real_objects, rt.check_held, rt.check_arrays, rt.check_floats)
constant(rt.check_operands)
constant(rt.check_real, rt.check_scalar, rt.check_cotangent, rt.check_tangent, rt.check_operators, rt.check_class, rt.check_field, rt.check_gauge)
constant(
    rt.as_it_is, rt.check_given, rt.check_handed, rt.check_completed, rt.check_dtype, rt.check_fractions, rt.check_power, rt.check_layout, rt.finite
)
constant(rt.check_own_field, rt.check_inherited, rt.check_place, rt.has_field, rt.undefined)
constant(rt.check_apart, rt.check_kept, rt.check_outside, rt.check_own, rt.check_hidden, rt.check_lent, rt.check_beside, rt.check_disjoint)
constant(rt.check_returned)
constant(rt.check_row, rt.check_part, rt.check_parts)
constant(rt.check_separate, rt.check_ahead)
constant(rt.check_distinct, rt.check_item, rt.check_once, rt.check_single, rt.check_view)
constant(rt.check_unshared, rt.check_point, rt.check_items, rt.check_no_list, rt.check_count, rt.check_no_dict, rt.check_dict, rt.check_keyed)
constant(rt.check_plain, rt.check_answers, rt.check_bools, rt.check_first, rt.check_left, rt.check_number, rt.check_implemented, rt.check_protocols)
constant(rt.check_namesake)
constant(rt.check_windows, rt.check_flat, rt.check_annotated)
constant(callees.check_context, callees.check_method, callees.check_reader, callees.halves, callees.pushforward, callees.method)

# positions and weights
constant(rt.layout, rt.inverse_axes, rt.repeated, rt.convolved, rt.cut_off, rt.swap_subscripts, rt.order)
constant(rt.inserted, rt.insert_axis, rt.box_of_nonzeros, rt.first_places, rt.source_order, rt.with_length, rt.correlated, rt.period_places)
constant(rt.along_axis, rt.diagonal_places, rt.place_of_field, rt.is_own)
constant(rt.nearest, rt.rank_cut)

# what a value is, and values cut off
constant(rt.is_array, rt.array_module, rt.last_written, rt.zeros_like, rt.stop_gradient, rt.turned)
constant(rt.permutation, rt.transposition)
